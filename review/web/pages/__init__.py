"""The pages, a module and an ``APIRouter`` each; :mod:`review.web.app` lists them."""
